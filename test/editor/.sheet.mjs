import { readdirSync, readFileSync } from 'node:fs';
import { launchChromium } from './chromium.mjs';

const [dir, from, to, out, cols, w] = process.argv.slice(2);
const b = await launchChromium();
const p = await b.newPage({ viewport: { width: Number(w || 1640), height: 1060 } });
const files = readdirSync(dir)
  .filter((f) => f.endsWith('.png'))
  .sort()
  .slice(+from, +to);
await p.setContent(
  `<body style="margin:0;font-size:0;background:#888">${files.map((f) => `<img style="width:${100 / (+cols || 6) - 0.5}%;margin:0.2%" src="data:image/png;base64,${readFileSync(dir + '/' + f).toString('base64')}">`).join('')}`,
);
await p.waitForTimeout(700);
await p.screenshot({ path: out, fullPage: true });
await b.close();
