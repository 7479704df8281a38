import type { TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import type { IKeyVault } from '../../key-vault/i-key-vault';
import { freeId } from '../../core/names/add-child';
import { isText } from '../../core/values/known';
import { isGrantable } from '../../identity/grants';
import { customResource } from '../../kubernetes/custom-resource';
import type { IServiceAccount } from '../../kubernetes/service-account';
import type { KeyVaultFile } from '../storage/key-vault-file';
import { volumeName } from '../storage/volume-rules';
import { variablesName, vaultKey } from './key-vault-names';
import { environmentsOf, keyVaultVariables } from './key-vault-secrets';
import type { ObjectContext } from './object-context';
import type { PodParts } from './pod-parts';
import { podVolumes } from './pod-volumes';

/** The secrets that the driver fetches for a volume, and whether it also keeps them as a Secret. */
interface ProviderClass {
  /** The id of its construct. */
  readonly id: string;
  readonly name: string;
  readonly keyVault: IKeyVault;
  readonly files: readonly KeyVaultFile[];
  readonly keepsSecret: boolean;
}

/**
 * The Key Vault secrets that a pod has as environment variables or files: a SecretProviderClass for each volume, for
 * which the driver uses the service account of the pod, and the role of that account.
 *
 * @see https://learn.microsoft.com/azure/aks/csi-secrets-store-identity-access#access-with-a-microsoft-entra-workload-id
 */
export class SecretProviderClasses {
  /** The SecretProviderClasses, which must exist before a pod starts. */
  public readonly objects: TerraformResource[];
  /** The roles that a pod needs; without them, it waits for its volumes. */
  public readonly roles: IConstruct[];
  private readonly classes: readonly ProviderClass[];

  constructor(scope: Construct, context: ObjectContext, props: PodParts) {
    const { serviceAccount } = props;
    this.classes = [...variableClasses(props), ...fileClasses(props)];
    const vaults = this.classes.map(({ keyVault }) => keyVault);
    this.roles = vaults
      .filter((one, index) => vaults.indexOf(one) === index)
      .flatMap((one) => rolesOn(one, serviceAccount));
    this.objects = this.classes.map((one) => create(scope, context, one, serviceAccount));
  }

  /** The Key Vault secrets of the pods, without their values; undefined if there are none. */
  public get content(): string | undefined {
    const content = this.classes.map(({ name, keyVault, files }) => [name, vaultKey(keyVault), files]);
    return content.length === 0 ? undefined : JSON.stringify(content);
  }
}

function variableClasses(props: PodParts): ProviderClass[] {
  return keyVaultVariables(environmentsOf(props)).map(({ keyVault, secretNames }) => ({
    id: `secrets-of-${vaultKey(keyVault)}`,
    name: variablesName(props.name, keyVault),
    keyVault,
    files: secretNames.map((secretName) => ({ secretName })),
    keepsSecret: true,
  }));
}

function fileClasses(props: PodParts): ProviderClass[] {
  return podVolumes(props).flatMap(({ volume }) =>
    volume._keyVaultFiles === undefined
      ? []
      : [
          {
            ...volume._keyVaultFiles,
            id: `files-of-${idOf(volume._name)}`,
            name: volume._className(props.name),
            keepsSecret: false,
          },
        ],
  );
}

/** The name of a volume as the id of a construct. */
function idOf(name: string): string {
  return isText(name) && volumeName.holds(name) ? name : 'volume';
}

function rolesOn(keyVault: IKeyVault, account: IServiceAccount | undefined): IConstruct[] {
  return isGrantable(account) ? [keyVault.grantReadSecrets(account)._assignment] : [];
}

function create(
  scope: Construct,
  { provider, metadata }: ObjectContext,
  { id, name, keyVault, files, keepsSecret }: ProviderClass,
  serviceAccount: IServiceAccount | undefined,
): TerraformResource {
  return customResource(scope, freeId(scope, id), provider, {
    apiVersion: 'secrets-store.csi.x-k8s.io/v1',
    kind: 'SecretProviderClass',
    name,
    namespace: metadata.namespace ?? 'default',
    labels: metadata.labels,
    spec: {
      provider: 'azure',
      parameters: {
        clientID: serviceAccount?.azureClientId ?? '',
        keyvaultName: keyVault.keyVaultName,
        tenantId: keyVault.tenantId,
        objects: objectsText(files),
      },
      ...(keepsSecret ? { secretObjects: [secretObject(name, files)] } : {}),
    },
  });
}

function secretObject(secretName: string, files: readonly KeyVaultFile[]): object {
  return {
    secretName,
    type: 'Opaque',
    data: files.map((one) => ({ key: one.secretName, objectName: one.secretName })),
  };
}

/** The objects in the format of Azure's provider: a text in YAML, which contains a text in YAML for each object. */
function objectsText(files: readonly KeyVaultFile[]): string {
  const items = files.map(({ secretName, fileName }) =>
    [
      '  - |',
      `    objectName: "${secretName}"`,
      '    objectType: secret',
      ...(fileName === undefined ? [] : [`    objectAlias: "${fileName}"`]),
    ].join('\n'),
  );
  return ['array:', ...items, ''].join('\n');
}
