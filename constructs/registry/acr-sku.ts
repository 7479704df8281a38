/** The price tiers of a registry: storage, throughput and features. */
export enum AcrSku {
  /** The cheapest: 10 GiB. */
  BASIC = 'Basic',
  /** 100 GiB and more throughput. */
  STANDARD = 'Standard',
  /** 500 GiB, replication, private endpoints and more. */
  PREMIUM = 'Premium',
}
