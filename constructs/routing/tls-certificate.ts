import { checkArguments } from '../core/declared';
import { type Violation, when } from '../core/problems/violation';
import { checkGiven } from '../core/rules/rule';
import { isText } from '../core/values/known';
import { show } from '../core/values/shown';
import { objectName } from '../kubernetes/kubernetes-rules';
import type { IServiceAccount } from '../kubernetes/service-account';
import { keyVaultCertificateUri } from './http-route-rules';

/** Options for a certificate from a Key Vault. */
export interface KeyVaultCertificateOptions {
  /**
   * The service account with which a gateway reads the certificate, in the namespace of the gateway, such as one of
   * `cluster.addServiceAccount(...)`. Its identity needs the role "Key Vault Secrets User" on the vault. Required for a
   * gateway; an Ingress uses the identity of the add-on.
   *
   * @default - none
   */
  readonly serviceAccount?: IServiceAccount;
}

/** The source of a certificate. */
interface CertificateParts {
  readonly secretName?: string;
  readonly keyVaultUri?: string;
  readonly serviceAccount?: IServiceAccount;
  /** The annotation of cert-manager, and the name of the issuer. */
  readonly issuer?: readonly [annotation: string, name: string];
}

/**
 * The certificate of a route for HTTPS, with its key.
 *
 * @example
 * new HttpRoute(stack, 'shop', {
 *   name: 'shop',
 *   controller: RouteController.ingress('webapprouting.kubernetes.azure.com'),
 *   hostNames: ['shop.example.com'],
 *   certificate: TlsCertificate.fromSecret('shop-tls'),
 *   paths: [{ backends: [{ workload }] }],
 * });
 */
export class TlsCertificate {
  /**
   * The certificate in a Secret of the type "kubernetes.io/tls".
   *
   * @param secretName The name of the Secret, in the namespace of the Ingress or the gateway
   */
  public static fromSecret(secretName: string): TlsCertificate {
    return new TlsCertificate({ secretName });
  }

  /**
   * A certificate in a Key Vault, which the application routing add-on of AKS copies into the cluster.
   *
   * @see https://learn.microsoft.com/azure/aks/app-routing-gateway-api-dns-tls
   * @param certificateUri The URI of the certificate, such as "https://contoso.vault.azure.net/certificates/shop". With a
   * version at its end, the certificate is never renewed
   */
  public static fromKeyVault(certificateUri: string, options: KeyVaultCertificateOptions = {}): TlsCertificate {
    return new TlsCertificate({ keyVaultUri: certificateUri, serviceAccount: options.serviceAccount });
  }

  /**
   * A certificate that cert-manager obtains from an issuer of the cluster, and renews.
   *
   * @see https://cert-manager.io/docs/usage/ingress/
   * @param clusterIssuerName The name of the ClusterIssuer
   */
  public static fromClusterIssuer(clusterIssuerName: string): TlsCertificate {
    return new TlsCertificate({ issuer: ['cert-manager.io/cluster-issuer', clusterIssuerName] });
  }

  /**
   * A certificate that cert-manager obtains from an issuer of the namespace, and renews.
   *
   * @see https://cert-manager.io/docs/usage/ingress/
   * @param issuerName The name of the Issuer, in the namespace of the Ingress or the gateway
   */
  public static fromIssuer(issuerName: string): TlsCertificate {
    return new TlsCertificate({ issuer: ['cert-manager.io/issuer', issuerName] });
  }

  private constructor(private readonly parts: CertificateParts) {}

  /** Whether cert-manager issues it. @internal */
  public get _isIssued(): boolean {
    return this.parts.issuer !== undefined;
  }

  /** Whether it is in a Key Vault. @internal */
  public get _isFromKeyVault(): boolean {
    return this.parts.keyVaultUri !== undefined;
  }

  /** A key that distinguishes it from others. @internal */
  public get _identity(): string {
    const { serviceAccount, ...rest } = this.parts;
    return JSON.stringify([rest, serviceAccount?.serviceAccountName]);
  }

  /** The service account that reads it from the Key Vault. @internal */
  public get _serviceAccount(): IServiceAccount | undefined {
    return this.parts.serviceAccount;
  }

  /** The annotations that make cert-manager issue it. @internal */
  public get _issuerAnnotations(): { [name: string]: string } {
    const { issuer } = this.parts;
    return issuer === undefined ? {} : { [issuer[0]]: issuer[1] };
  }

  /** The annotations of an Ingress. @internal */
  public get _ingressAnnotations(): { [name: string]: string } {
    const { keyVaultUri } = this.parts;
    return {
      ...this._issuerAnnotations,
      ...(keyVaultUri === undefined ? {} : { [KEY_VAULT_URI]: keyVaultUri }),
    };
  }

  /** The Secret in which an Ingress finds it. @internal */
  public _ingressSecret(ingressName: string): string {
    const { secretName, keyVaultUri } = this.parts;
    // the add-on creates a Secret with exactly this name
    return secretName ?? (keyVaultUri === undefined ? `${ingressName}-tls` : `keyvault-${ingressName}`);
  }

  /** The TLS settings of a listener of a gateway. @internal */
  public _listenerTls(routeName: string): object {
    const { secretName, keyVaultUri, serviceAccount } = this.parts;
    return keyVaultUri === undefined
      ? { mode: 'Terminate', certificateRefs: [{ name: secretName ?? `${routeName}-tls` }] }
      : {
          mode: 'Terminate',
          // the add-on fills in the certificate
          options: { [KEY_VAULT_URI]: keyVaultUri, [KEY_VAULT_ACCOUNT]: serviceAccount?.serviceAccountName ?? '' },
        };
  }

  /** @internal */
  public get _problems(): Violation[] {
    const { secretName, keyVaultUri, issuer } = this.parts;
    if (issuer !== undefined) {
      return checkGiven(objectName, 'certificate.issuer', issuer[1]);
    }
    return keyVaultUri === undefined
      ? checkGiven(objectName, 'certificate.secretName', secretName)
      : checkGiven(keyVaultCertificateUri, 'certificate.certificateUri', keyVaultUri);
  }

  /** @internal */
  public get _warnings(): Violation[] {
    const { keyVaultUri } = this.parts;
    return when(
      isText(keyVaultUri) && /\/certificates\/[^/]+\/./.test(keyVaultUri),
      'key-vault-certificate-version',
      () =>
        `'certificate.certificateUri' ends with a version, got ${show(keyVaultUri)}: a renewed certificate has a new version, and the old one expires. Leave the version out`,
    );
  }
}

checkArguments(TlsCertificate);

const KEY_VAULT_URI = 'kubernetes.azure.com/tls-cert-keyvault-uri';
const KEY_VAULT_ACCOUNT = 'kubernetes.azure.com/tls-cert-service-account';
