/** Named files that fixtures add with `#- use: NAME`. */
export const pieces: Readonly<Record<string, { readonly name: string; readonly text: string }>> = {
  organization: {
    name: 'bank.incident-org.yaml',
    text: `format: organization/v1
name: Northwind Bank
people:
  priya-shah: { name: Priya Shah, contacts: [{ kind: phone, value: "+44 20 7946 0011" }] }
  sam-okafor: { name: Sam Okafor, contacts: [{ kind: phone, value: "+44 20 7946 0012" }] }
roles:
  ciso: { holder: priya-shah, deputies: [sam-okafor] }
  coo: { holder: sam-okafor, deputies: [priya-shah] }
services:
  core-banking: { title: Core banking, owner: coo, rto: 2h, mtpd: 8h }
`,
  },
};
