import type { DeploymentV1SpecTemplateSpecContainerVolumeMount } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { Fn, type TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { createHash } from 'node:crypto';
import { otherContainers } from './other-containers';
import type { PodParts } from './pod-parts';
import { type ConfigNames, valuesFrom } from './environment';
import { argumentText, isComputed, literalValues } from '../../core/values/literal-text';
import type { ObjectContext } from './object-context';
import { isKnown } from '../../core/values/known';
import { configMaps, secrets } from './late-bindings';
import { SecretProviderClasses } from './secret-provider-classes';

/** The name of the volume with the configuration files. */
const FILES_VOLUME = 'config-files';

/** The configuration of the containers of a pod: a ConfigMap and a Secret, if it needs them. */
export class PodConfig {
  /** The names of the objects to which the environment of containers refers. */
  public readonly names: ConfigNames;
  /** The objects that must exist, and be current, before a pod starts. */
  public readonly objects: TerraformResource[] = [];
  /** The roles that the pods need for their secrets. */
  public readonly roles: IConstruct[];
  private readonly keyVault: SecretProviderClasses;
  private readonly config: { [key: string]: string };
  private readonly secrets: { [key: string]: string };
  private readonly files: { readonly [path: string]: string };

  constructor(scope: Construct, context: ObjectContext, props: PodParts) {
    this.names = { configMap: props.name, secret: props.name };
    this.files = isKnown(props.configFiles) ? props.configFiles : {};
    const environments = [
      { environment: props.environment ?? {}, prefix: '' },
      ...otherContainers(props).map(({ options: one }) => ({
        environment: one.environment ?? {},
        prefix: keyPrefix(one.name),
      })),
    ];
    const collect = (source: 'config' | 'secret'): { [key: string]: string } =>
      Object.assign({}, ...environments.map(({ environment, prefix }) => valuesFrom(source, environment, prefix)));
    const texts = Object.entries(this.files).map(([path, text]) => [fileKey(path), text]);
    this.config = { ...collect('config'), ...Object.fromEntries(texts) };
    this.secrets = collect('secret');

    const { provider, metadata } = context;
    if (Object.keys(this.config).length > 0) {
      this.objects.push(
        new (configMaps().ConfigMapV1)(scope, 'config', { provider, metadata, data: literalValues(this.config) }),
      );
    }
    if (Object.keys(this.secrets).length > 0) {
      this.objects.push(
        new (secrets().SecretV1)(scope, 'secret', { provider, metadata, data: literalValues(this.secrets) }),
      );
    }
    this.keyVault = new SecretProviderClasses(scope, context, props);
    this.objects.push(...this.keyVault.objects);
    this.roles = this.keyVault.roles;
  }

  /** The checksums of the configuration, so that a change replaces the pods, which would not reload it. */
  public get annotations(): { [name: string]: string } | undefined {
    const { content } = this.keyVault;
    const checksums = {
      ...(Object.keys(this.config).length === 0 ? {} : { 'checksum/config': checksum(this.config) }),
      ...(Object.keys(this.secrets).length === 0 ? {} : { 'checksum/secret': checksum(this.secrets) }),
      ...(content === undefined ? {} : { 'checksum/key-vault': checksum({ content }) }),
    };
    return Object.keys(checksums).length === 0 ? undefined : checksums;
  }

  public get volumes(): { name: string; configMap: { name: string } }[] {
    return Object.keys(this.files).length === 0
      ? []
      : [{ name: FILES_VOLUME, configMap: { name: this.names.configMap } }];
  }

  /** One mount for each file, so that other files of the image in the folder remain visible. */
  public get mounts(): DeploymentV1SpecTemplateSpecContainerVolumeMount[] {
    return Object.keys(this.files).map((path) => ({
      name: FILES_VOLUME,
      mountPath: path,
      subPath: fileKey(path),
      readOnly: true,
    }));
  }
}

/** The prefix of the keys of another container's values. Those of the first one have none. */
export function keyPrefix(container: string): string {
  return `${container}.`;
}

/** The key of a file's text in the ConfigMap. */
export function fileKey(path: string): string {
  return path.slice(1).replace(/\//g, '__');
}

/** A checksum, computed by Terraform if only it knows the values. */
function checksum(values: { readonly [key: string]: string }): string {
  return Object.values(values).some(isComputed)
    ? Fn.sha256(Fn.jsonencode(argumentValues(values)))
    : createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

function argumentValues(values: { readonly [key: string]: string }): { [key: string]: string } {
  return Object.fromEntries(Object.entries(values).map(([key, text]) => [key, argumentText(text)]));
}
