import type { IAcrRegistry } from './i-acr-registry';
import type { AcrRegistryProps } from './acr-registry-props';
import { AcrSku } from './acr-sku';
import { isKnown } from '../core/values/known';
import { RegistryRecords } from './registry-records';

const made = new RegistryRecords<AcrRegistryProps>();

/** Remembers the properties of a registry that the app makes, for what is made for it. */
export function rememberRegistry(registry: IAcrRegistry, props: AcrRegistryProps): void {
  made.add(registry, props);
}

/** The tier of a registry, where the app makes it and says so. */
export function skuOf(registry: IAcrRegistry): AcrSku | undefined {
  const [props] = made.of(registry);
  const sku = props === undefined ? undefined : (props.sku ?? AcrSku.BASIC);
  return isKnown(sku) ? sku : undefined;
}

/** Whether callers from the internet are kept from a registry that the app makes, some or all of them. */
export function isRestricted(registry: IAcrRegistry): boolean {
  return made.of(registry).some(({ publicAccess }) => publicAccess?.isRestricted === true);
}
