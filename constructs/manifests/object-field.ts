/** How Kubernetes has a value that is no object. A quantity is a number or a text, and so is a port, which may be named. */
export type ValueType = 'text' | 'integer' | 'integerOrText' | 'boolean' | 'octal' | 'quantity';

/** What becomes of a field of an object of Kubernetes in the binding of its resource. */
export interface ObjectField {
  /** What it is: a value of a type, or an object of the shape with a name. */
  readonly is: string;
  /** What the binding calls it; the same as Kubernetes if left out. */
  readonly property?: string;
  /** Whether Kubernetes has a list of them, or a map whose keys the user chooses. */
  readonly many?: 'list' | 'map';
  /** Whether the binding takes a list where Kubernetes has one, or one where Kubernetes has a list. */
  readonly binding?: 'list' | 'one';
  /** Whether the binding takes a number or a boolean as text. */
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
