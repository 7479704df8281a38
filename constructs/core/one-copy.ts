import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

/*
 * Throws an Error that says what to install, if cdktf loads another copy of constructs than this library. It is
 * imported before the rest of the library, which would otherwise fail on the other copy, far from the cause.
 */

if (!(TerraformStack.prototype instanceof Construct)) {
  throw new Error(
    'cdktf-aks and cdktf load two copies of the package constructs, and constructs of one cannot be used with those of the other: ' +
      '`npm ls constructs` shows both. Install a single compatible version, and remove the other from package.json',
  );
}
