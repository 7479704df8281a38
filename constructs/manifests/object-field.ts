/**
 * The type of a value that is not an object. A quantity is a number or a text, and so is a port, which may be named.
 */
export type ValueType = 'text' | 'integer' | 'integerOrText' | 'boolean' | 'octal' | 'quantity';

/** How a field of a Kubernetes object translates to the binding of its resource. */
export interface ObjectField {
  /** The type of the value, or the name of the shape of an object. */
  readonly is: string;
  /** Its name in the binding; that of Kubernetes if omitted. */
  readonly property?: string;
  /** Whether Kubernetes has a list of such values, or a map with arbitrary keys. */
  readonly many?: 'list' | 'map';
  /** Whether the binding has a list where Kubernetes has one value, or one value where Kubernetes has a list. */
  readonly binding?: 'list' | 'one';
  /** Whether the binding expects a number or a boolean as text. */
  readonly asText?: true;
  /** Whether the provider rejects an object without it. */
  readonly required?: true;
}

/** The fields of an object, by their names in Kubernetes. */
export interface ObjectShape {
  readonly [field: string]: ObjectField;
}

/** The resource of the objects of a kind. */
export interface ObjectKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** The name of the shape. */
  readonly shape: string;
  /** Whether its objects are in namespaces. */
  readonly isNamespaced: boolean;
  /** The name of the class of the binding. */
  readonly binding: string;
  /** Loads the module of the binding. */
  readonly load: () => unknown;
}
