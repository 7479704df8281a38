import type { DeploymentV1SpecTemplateSpecVolumeCsi } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { IKeyVault } from '../../key-vault/i-key-vault';
import { keyVaultSecretName } from '../../key-vault/key-vault-rules';
import { pattern } from '../../core/rules/pattern';
import { emptyProblems } from '../../core/rules/restriction';
import { check, checkGiven } from '../../core/rules/rule';
import { type Violation, when } from '../../core/problems/violation';
import { isText, itemsOf } from '../../core/values/known';
import { show } from '../../core/values/shown';

/** A secret of a Key Vault as a file of a volume. */
export interface KeyVaultFile {
  /** The name of the secret: 1 to 127 letters, digits and "-". */
  readonly secretName: string;
  /**
   * The name of the file: 1 to 253 letters, digits, "-", "_" and ".", not beginning with "..".
   *
   * @default - `secretName`
   */
  readonly fileName?: string;
}

/** The files of a volume, and their Key Vault. */
export interface KeyVaultFiles {
  readonly keyVault: IKeyVault;
  readonly files: readonly KeyVaultFile[];
}

export const keyVaultFileName = pattern(
  'key-vault-file-name',
  /^(?!\.\.)(?!\.$)[-._a-zA-Z0-9]{1,253}$/,
  "must be the name of a file: 1 to 253 letters, digits, '-', '_' and '.', not beginning with '..'",
  'https://azure.github.io/secrets-store-csi-driver-provider-azure/docs/getting-started/usage/',
  'tls.key',
);

export function keyVaultFileProblems(prefix: string, files: readonly KeyVaultFile[]): Violation[] {
  const all = itemsOf(files);
  const names = all.map(({ secretName, fileName }) => fileName ?? secretName);
  return [
    ...emptyProblems(`${prefix}files`, files, 'secret', 'leave the volume out if no file is needed'),
    ...all.flatMap(({ secretName, fileName }, index) => [
      ...checkGiven(keyVaultSecretName, `${prefix}files[${index}].secretName`, secretName),
      ...check(keyVaultFileName, `${prefix}files[${index}].fileName`, fileName),
      ...when(
        isText(names[index]) && names.indexOf(names[index]) < index,
        'key-vault-files-unique',
        () =>
          `'${prefix}files[${index}].fileName' must differ from the other files of the volume, got ${show(names[index])} again: ` +
          'give it another name',
      ),
    ]),
  ];
}

/**
 * The source of a volume with the secrets of a SecretProviderClass. The driver rejects volumes that are not read-only.
 */
export function secretsVolume(className: string): DeploymentV1SpecTemplateSpecVolumeCsi {
  return {
    driver: 'secrets-store.csi.k8s.io',
    readOnly: true,
    volumeAttributes: { secretProviderClass: className },
  };
}
