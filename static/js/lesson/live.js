// An author writes, and the page follows: it is loaded anew at its step when it
// shows another version of the files than the one that the server has.

/** Where a tab keeps how far down it was. */
const PLACE = 'procession-live';

/** Listens, and goes back to where the page was before it was loaded anew. */
export function listen() {
  const place = Number(sessionStorage.getItem(PLACE));
  sessionStorage.removeItem(PLACE);
  if (place) scrollTo(0, place);
  new EventSource('/lessons/events').addEventListener('message', ({ data }) => {
    if (data === document.documentElement.dataset.live) return;
    sessionStorage.setItem(PLACE, String(Math.round(scrollY)));
    location.reload();
  });
}
