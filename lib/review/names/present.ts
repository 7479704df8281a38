/** The texts that exist: `present(isOpen && 'open')` has none if the condition is false. */
export function present(...texts: readonly (string | false | undefined)[]): string[] {
  return texts.filter((text): text is string => typeof text === 'string' && text !== '');
}
