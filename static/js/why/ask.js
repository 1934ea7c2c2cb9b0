// Whom to ask about when somebody asks about an event. Pure.

/**
 * The subject whose story has the event in it; empty when there is none.
 * @param {import('../run/model.js').Event} e
 */
export function subjectOf(e) {
  if (e.req) return `request:${e.req}`;
  if (e.kind.startsWith('store.')) return 'store';
  if (e.kind.startsWith('worker.') && e.pid) return `worker:${e.pid}`;
  if (e.kind.startsWith('session.') && e.sid) return `session:${e.sid}`;
  if (e.visitor) return `visitor:${e.visitor}`;
  return '';
}
