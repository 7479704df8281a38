import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

/*
 * Throws an Error that says what to install, where cdktf loads another copy of constructs than this library. Imported before
 * all else of the library, whose classes and values would fail on the other copy, far from the cause.
 */

if (!(TerraformStack.prototype instanceof Construct)) {
  throw new Error(
    'cdktf-aks and cdktf load two copies of the package constructs, and constructs of one cannot be used with those of the other: ' +
      '`npm ls constructs` shows both. Install a single compatible version, and remove the other from package.json',
  );
}
