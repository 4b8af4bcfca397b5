// The engine of ODK Web Forms: loads a form, takes the answers of a journal, tells times and values as JSON.
// Usage: node web_forms.mjs FORM JOURNAL WARM MEDIA
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { JSDOM } from 'jsdom';

const BROWSER = [
  'document', 'DOMParser', 'XMLSerializer', 'Node', 'Element', 'HTMLElement', 'Document', 'XMLDocument', 'Attr', 'Text',
  'Comment', 'CDATASection', 'ProcessingInstruction', 'DocumentType', 'NodeFilter', 'NodeList', 'XPathResult',
  'XPathEvaluator',
];
const { window } = new JSDOM('<!doctype html>', { url: 'http://localhost/' });
const define = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
define('window', window);
BROWSER.forEach((name) => define(name, window[name]));
globalThis.__dirname ??= '/';
const { loadForm } = await import('@getodk/xforms-engine');

const [formFile, journalFile, warm, media] = process.argv.slice(2);
const changed = new Set();
/** What a page that shows the form sees of a change: the engine writes into objects of ours. */
const stateFactory = (state) =>
  new Proxy(state, {
    set(target, key, value) {
      changed.add(target);
      target[key] = value;
      return true;
    },
  });
const fetchFormAttachment = async (address) =>
  new Response(readFileSync(join(media, basename(String(address)))), { headers: { 'content-type': 'text/csv' } });

const xml = readFileSync(formFile, 'utf8');
const began = performance.now();
const form = await loadForm(xml, { fetchFormAttachment });
if (form.status === 'failure') {
  throw form.error;
}
const { root } = form.createInstance({ stateFactory });
const loadMs = performance.now() - began;

const children = (node) => node.currentState.children ?? [];
function* walk(node) {
  yield node;
  for (const child of children(node)) {
    yield* walk(child);
  }
}
const nodes = new Map([...walk(root)].map((node) => [node.currentState.reference, node]));

function state() {
  const leaves = [...walk(root)].filter((node) => node.currentState.children === null && node.currentState.relevant);
  return leaves.map((node) => [node.currentState.reference, node.currentState.instanceValue]);
}

function give(node, kind, value) {
  if (kind === 'one') {
    node.selectValue(value);
  } else if (kind === 'many') {
    node.selectValues(value.split(' '));
  } else {
    node.setValue(value);
  }
}

const journal = readFileSync(journalFile, 'utf8').split('\n').filter(Boolean).map((line) => line.split('\t'));
const answerMs = [];
const offered = [];
const states = [state()];
let reported = 0;
for (const [at, [ref, kind, value, shown, checkpoint]] of journal.entries()) {
  const node = nodes.get(ref);
  changed.clear();
  const start = performance.now();
  give(node, kind, value);
  const refs = [...changed].map((one) => one.reference);
  const choices = shown ? nodes.get(shown).currentState.valueOptions.map((one) => [one.value, one.label.asString]) : [];
  const spent = performance.now() - start;
  if (at >= Number(warm)) {
    answerMs.push(spent);
    reported += refs.length;
  }
  offered.push(choices.length);
  if (checkpoint) {
    states.push(state());
  }
}
console.log(JSON.stringify({ load_ms: loadMs, answer_ms: answerMs, reported, offered, states }));
