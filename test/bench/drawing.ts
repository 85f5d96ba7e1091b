/** Measures drawing a graph, from the diagram to the SVG, beside the time that the layout library takes of it. In one run, in turn. */
import ELK from 'elkjs/lib/elk.bundled.js';
import { diagramOf } from '../../server/render/diagram.js';
import { layout } from '../../server/render/layout.js';
import { svg } from '../../server/render/svg.js';
import { snapshotOf, uriOf } from '../harness/workspace.js';
import { generatePlaybook } from './generate-playbook.js';
import { median } from './median.js';

const RUNS = Number(process.env['RUNS'] ?? 20);
const SIZES = [12, 100, 500, 2000];

const prototype = ELK.prototype as { layout: (...given: unknown[]) => Promise<unknown> };
const ofLibrary = prototype.layout;
let library = 0;
prototype.layout = async function (...given) {
  const begun = performance.now();
  const answer = await ofLibrary.apply(this, given);
  library += performance.now() - begun;
  return answer;
};

async function measure(): Promise<void> {
  console.log('| steps | the layout library | from diagram to SVG | ratio |');
  console.log('| ---: | ---: | ---: | ---: |');
  for (const steps of SIZES) {
    const diagram = diagramOf(snapshotOf([{ name: 'a.yaml', text: generatePlaybook(steps) }]), uriOf('a.yaml'));
    const [libraries, wholes, ratios]: [number[], number[], number[]] = [[], [], []];
    for (let run = 0; run < (steps > 500 ? Math.ceil(RUNS / 4) : RUNS); run++) {
      library = 0;
      const begun = performance.now();
      svg(await layout(diagram), new Map(), { title: 'A', details: '' }, { regular: '', bold: '' });
      const whole = performance.now() - begun;
      libraries.push(library);
      wholes.push(whole);
      ratios.push(whole / library);
    }
    console.log(
      `| ${steps} | ${median(libraries).toFixed(1)} ms | ${median(wholes).toFixed(1)} ms | ${median(ratios).toFixed(2)} |`,
    );
  }
}

measure().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
