// What scripts add to the window's pages; every journey works without them.
import { Button, CharacterCount, ErrorSummary, ExitThisPage, SkipLink } from "govuk-frontend";
import { startTickets } from "./ticket";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

const components = [Button, CharacterCount, ErrorSummary, ExitThisPage, SkipLink] as const;
for (const Component of components) {
  for (const place of document.querySelectorAll(`[data-module="${Component.moduleName}"]`)) {
    try {
      new Component(place);
    } catch {
      // the page does without it
    }
  }
}
startTickets();
