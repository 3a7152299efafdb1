using Ledger.Domain.Customers;

namespace Ledger.Domain.Merchants;

/// <summary>
/// Hold an address for a merchant, until they prove it or an hour is over. Again changes nothing: whoever comes second is told so by
/// whoever asks for it. An address that was never proved is free for another, who has a tenant of their own.
/// </summary>
/// <param name="Before">How many have registered the address so far.</param>
public sealed record RegisterMerchant(MerchantId Id, string EmailToken, Uri? WebhookUrl, Instant Now, int Before = 0) : ICommand<Merchant, MerchantEvent>
{
    public const string ClaimKind = "merchant.email";

    public static readonly Duration HeldFor = Duration.FromHours(1);

    public StreamId Stream => Id.Stream;

    public bool StartsStream => Before == 0;

    public Decision<MerchantEvent> Decide(Merchant state)
    {
        Decision<MerchantEvent> registered =
            [new MerchantRegistered(Id, EmailToken, Id.TenantOf(Before), Id.UserOf(Before), WebhookUrl, Now + HeldFor)];
        return state switch
        {
            Merchant.Unknown when Before == 0 => registered.Claiming(new Claim(ClaimKind, EmailToken, Stream, CustomerRejections.EmailTaken)),
            Merchant.Known known when Before == known.Before + 1 && known.IsFree(Now) => registered,
            _ => [],
        };
    }
}
