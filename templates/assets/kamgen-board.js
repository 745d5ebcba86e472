/* The board of all, for one person: the links to the boards of their own filter in place, and the address holds `?kam=ID`, so that it can
 * be sent. A card says in `data-kg-who` whose it is; a lane says in `data-kg-lane` where its number stands. Without this script the links lead to pages.
 */

function prepare() {
  const board = document.querySelector("[data-kg-board]");
  if (!board || board.dataset.kgBoard) return;
  board.dataset.kgBoard = "on";
  const links = [...board.querySelectorAll("[data-kg-kam]")];
  board.addEventListener("click", event => {
    const link = event.target.closest("[data-kg-kam]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation(); // the theme would load the page that the link leads to
    const address = new URL(location.href);
    if (link.dataset.kgKam) address.searchParams.set("kam", link.dataset.kgKam);
    else address.searchParams.delete("kam");
    history.replaceState(history.state, "", address);
    show(board, links);
  });
  show(board, links);
}

function show(board, links) {
  const asked = new URL(location.href).searchParams.get("kam") || "";
  const who = links.some(link => link.dataset.kgKam === asked) ? asked : "";
  for (const link of links) {
    if (link.dataset.kgKam === who) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const lane of board.querySelectorAll("[data-kg-lane]")) {
    const cards = [...lane.querySelectorAll("[data-kg-who]")];
    for (const card of cards) card.hidden = Boolean(who) && !card.dataset.kgWho.split(" ").includes(who);
    const shown = cards.filter(card => !card.hidden).length;
    lane.querySelector("[data-kg-number]").textContent = String(shown);
    lane.querySelector(".kg-board__none").hidden = shown > 0;
  }
}

if (window.document$) window.document$.subscribe(prepare);
else prepare();
