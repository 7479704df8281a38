import type { IConstruct } from 'constructs';
import { canonicalResourceId } from '../azure/canonical-resource-id';
import type { IAcrRegistry } from './i-acr-registry';

/** What an app makes for its registries: by the registry, whichever construct stands for it. */
export class RegistryRecords<T> {
  private readonly byApp = new WeakMap<IConstruct, Map<string, T[]>>();

  /** Remembers something of a registry. */
  public add(registry: IAcrRegistry, record: T): void {
    const root = registry.node.root;
    const records = this.byApp.get(root) ?? new Map<string, T[]>();
    this.byApp.set(root, records);
    const key = canonicalResourceId(registry, registry.registryId);
    records.set(key, [...(records.get(key) ?? []), record]);
  }

  /** Everything that was remembered of a registry, in order. */
  public of(registry: IAcrRegistry): readonly T[] {
    return this.byApp.get(registry.node.root)?.get(canonicalResourceId(registry, registry.registryId)) ?? [];
  }
}
