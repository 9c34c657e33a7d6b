// What WCAG 2.2 AA asks and axe has no rule for, asked of the page as it stands. Called by window_site.py.
() => {
  const TARGETS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const FOCUS = "rgb(245, 200, 75)";
  const told = (element) => element.outerHTML.slice(0, 120);
  const shows = (style) =>
    (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && !style.outlineColor.endsWith(", 0)")) ||
    style.boxShadow !== "none" ||
    style.backgroundColor === FOCUS;
  return {
    begin() {
      document.activeElement?.blur();
      window.scrollTo(0, 0);
      window.__seen = new Set();
    },
    // null: the way through the page is at its end; "" nothing is wrong; otherwise what is.
    focused() {
      const it = document.activeElement;
      if (!it || it === document.body || window.__seen.has(it)) return null;
      window.__seen.add(it);
      const rect = it.getBoundingClientRect();
      const places = [0.1, 0.5, 0.9].flatMap((x) =>
        [0.15, 0.5, 0.85].map((y) => [rect.left + rect.width * x, rect.top + rect.height * y]),
      );
      const seen = places.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        if (!top) return false;
        return it.contains(top) || top.contains(it) || [...(it.labels ?? [])].some((label) => label.contains(top));
      });
      if (!seen) return `2.4.11 hidden while it has the focus: ${told(it)}`;
      const label = it.labels?.[0];
      const styles = [getComputedStyle(it), getComputedStyle(it, "::after")];
      if (label) styles.push(getComputedStyle(label, "::before"));
      return styles.some(shows) ? "" : `2.4.7 its focus does not show: ${told(it)}`;
    },
    dragged() {
      const places = '[draggable="true"], input[type=range], [ondrag], [ondragstart]';
      return [...document.querySelectorAll(places)].map(told);
    },
    // Under the least size, not within a sentence, and another target within its circle (2.5.8, exceptions).
    small(least) {
      const targets = [...document.querySelectorAll(TARGETS)].filter((each) => {
        const rect = each.getBoundingClientRect();
        return rect.width && rect.height && !each.closest(".ticket__trap, .govuk-visually-hidden, .govuk-skip-link");
      });
      const crowded = (each) => {
        const rect = each.getBoundingClientRect();
        const [x, y] = [rect.left + rect.width / 2, rect.top + rect.height / 2];
        return targets.some((other) => {
          if (other === each) return false;
          const its = other.getBoundingClientRect();
          const across = Math.max(its.left - x, 0, x - its.right);
          return Math.hypot(across, Math.max(its.top - y, 0, y - its.bottom)) < least / 2;
        });
      };
      return targets
        .filter((each) => {
          const rect = each.getBoundingClientRect();
          if (rect.width >= least && rect.height >= least) return false;
          const around = getComputedStyle(each).display === "inline" ? each.parentElement : null;
          if (around && around.textContent.trim().length > each.textContent.trim().length) return false;
          return crowded(each);
        })
        .map(told);
    },
    unpastable() {
      return [...document.querySelectorAll("input:not([type=hidden]):not([type=file]), textarea")]
        .filter((each) => {
          const paste = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
          each.dispatchEvent(paste);
          return paste.defaultPrevented || each.type === "password";
        })
        .map(told);
    },
    widest(width) {
      return [...document.querySelectorAll("main *, header *, footer *, section *")]
        .filter((each) => each.getBoundingClientRect().right > width + 1)
        .slice(0, 3)
        .map(told);
    },
  };
}
