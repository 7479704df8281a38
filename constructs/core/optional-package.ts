/**
 * Loads a package that only programs with a certain construct need.
 *
 * @param name The name of the package
 * @param construct The construct that needs it
 * @throws an Error that says what to install, if the package is missing
 */
export function optionalPackage<T>(name: string, construct: string, load: () => T): T {
  try {
    return load();
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
    if (isMissing && error.message.includes(name)) {
      throw new Error(`${construct} needs the package ${name}, which is not installed: run \`npm install ${name}\``);
    }
    throw error;
  }
}
