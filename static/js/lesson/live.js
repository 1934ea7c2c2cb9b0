// An author writes, and the page follows: it is loaded anew at its step when the
// server says that the files changed.

/** Where a tab keeps how far down it was. */
const PLACE = 'procession-live';

/** Listens, and goes back to where the page was before it was loaded anew. */
export function listen() {
  const place = Number(sessionStorage.getItem(PLACE));
  sessionStorage.removeItem(PLACE);
  if (place) scrollTo(0, place);
  new EventSource('/lessons/events').addEventListener('message', () => {
    sessionStorage.setItem(PLACE, String(Math.round(scrollY)));
    location.reload();
  });
}
