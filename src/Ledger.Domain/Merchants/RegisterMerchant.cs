using Ledger.Domain.Customers;

namespace Ledger.Domain.Merchants;

/// <summary>Give an address to a merchant, for good. Again changes nothing: whoever comes second is told so by whoever asks for it.</summary>
public sealed record RegisterMerchant(MerchantId Id, string EmailToken, Uri? WebhookUrl) : ICommand<Merchant, MerchantEvent>
{
    public const string ClaimKind = "merchant.email";

    public StreamId Stream => Id.Stream;

    public bool StartsStream => true;

    public Decision<MerchantEvent> Decide(Merchant state)
    {
        if (state is not Merchant.Unknown) return [];
        Decision<MerchantEvent> registered = [new MerchantRegistered(Id, EmailToken, Id.Tenant, Id.User, WebhookUrl)];
        return registered.Claiming(new Claim(ClaimKind, EmailToken, Stream, CustomerRejections.EmailTaken));
    }
}
