import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply, create } from '../js/run/model.js';

// The menu is an element, and there is no page here.
Object.assign(globalThis, { HTMLElement: class {}, customElements: { define() {} } });
const { reason } = await import('../js/controls/menu.js');

/** @param {any[]} events */
function after(...events) {
  const state = create({ mode: 'local' });
  events.forEach((e, i) => apply(state, { seq: i + 1, ts: i, ...e }));
  return state;
}

const started = [{ kind: 'worker.starting', pid: 1, mem: 101, threads: 1 }, { kind: 'worker.listening', pid: 1 }, { kind: 'worker.starting', pid: 2, mem: 102, threads: 1 }];

test('what is done to a process needs it alive', () => {
  const dead = after(...started, { kind: 'worker.crashed', pid: 1, mem: 101 });
  for (const verb of ['crash', 'throw', 'restart']) {
    assert.equal(reason('worker', '1', verb, after(...started)), undefined, verb);
    assert.equal(reason('worker', '1', verb, dead), 'do.process.down', verb);
    assert.equal(reason('worker', '2', verb, dead), undefined, `${verb}: it starts, and can die`);
    assert.equal(reason('worker', '1', verb, after(...started, { kind: 'worker.stopping', pid: 1 })), 'do.process.stopping', verb);
    assert.equal(reason('worker', '3', verb, dead), 'do.process.down', verb);
  }
  assert.equal(reason('workers', '', 'restart', dead), undefined, 'all of them');
  assert.equal(reason('visitor', 'Ada', 'login', dead), undefined);
});

test('only threads transfer, and nothing is done when the run is over', () => {
  assert.equal(reason('visitor', 'Ada', 'transfer', after()), 'do.transfer.not');
  assert.equal(reason('visitor', 'Ada', 'transfer', create({ mode: 'threads' })), undefined);
  assert.equal(reason('visitor', 'Ada', 'login', after({ kind: 'run.ended' })), 'do.ended');
});
