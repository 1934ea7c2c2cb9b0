// How a way to reach a goal is run. Pure.

/**
 * The run of a solution: the keys that it sets in place of the step's, and its
 * commands after the step's.
 * @param {string} query @param {string} set @param {string} commands
 */
export function withSolution(query, set, commands) {
  const keys = new Set(set.split('&').map((part) => part.split('=')[0]));
  const parts = query.split('&').filter((part) => part && !keys.has(part.split('=')[0]));
  const before = parts.find((part) => part.startsWith('do='));
  const rest = parts.filter((part) => part !== before);
  const todo = [before?.slice('do='.length), commands && encodeURIComponent(commands).replaceAll('%20', '+')].filter(Boolean);
  return [...rest, set, todo.length ? `do=${todo.join('%3B+')}` : ''].filter(Boolean).join('&');
}
