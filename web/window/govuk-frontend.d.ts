// What we use of govuk-frontend, which brings no types of its own.
declare module "govuk-frontend" {
  interface Component {
    new (root: Element): object;
    readonly moduleName: string;
  }
  export const Button: Component;
  export const CharacterCount: Component;
  export const ErrorSummary: Component;
  export const ExitThisPage: Component;
  export const SkipLink: Component;
}
