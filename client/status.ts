/** The status item beside the language of a playbook: whether it is being checked. */
import * as vscode from 'vscode';
import { LANGUAGE, type Server, type ServerState } from './server.js';

const SHOWN: Readonly<
  Record<ServerState, { text: string; detail: string; severity: vscode.LanguageStatusSeverity; busy: boolean }>
> = {
  starting: { text: 'Playbooks: starting', detail: 'The language server is starting.', severity: 0, busy: true },
  ready: { text: 'Playbooks: checked', detail: 'Playbooks are checked while you write.', severity: 0, busy: false },
  stopped: { text: 'Playbooks: not checked', detail: 'The language server is not running.', severity: 2, busy: false },
};

/** Takes the server. Shows its state until it is disposed. */
export function showServerState(server: Server): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('incidentPlaybooks.server', { language: LANGUAGE });
  item.name = 'Incident Playbooks';
  const show = (state: ServerState) => {
    const { text, detail, severity, busy } = SHOWN[state];
    Object.assign(item, { text, detail, severity, busy });
    item.command =
      state === 'stopped'
        ? { title: 'Restart', command: 'incidentPlaybooks.restartServer' }
        : { title: 'Show Output', command: 'incidentPlaybooks.showOutput' };
  };
  show(server.state);
  return vscode.Disposable.from(item, server.onState(show));
}
