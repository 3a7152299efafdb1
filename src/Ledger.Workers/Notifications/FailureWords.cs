namespace Ledger.Workers.Notifications;

/// <summary>Why something failed, in the words of a language.</summary>
internal static class FailureWords
{
    private static readonly Dictionary<string, (string En, string Is, string Da)> Words = new()
    {
        ["card_declined"] = ("the card was declined", "kortinu var hafnað", "kortet blev afvist"),
        ["insufficient_funds"] = ("there is not enough money on the card", "ekki er næg innistæða á kortinu", "der er ikke penge nok på kortet"),
        ["expired_card"] = ("the card has expired", "kortið er útrunnið", "kortet er udløbet"),
        ["no_payment_method"] = ("there is no payment method", "enginn greiðslumáti er skráður", "der er ingen betalingsmåde"),
        ["gone"] = ("it answered that nobody is there any more", "svarið var að þar sé enginn lengur", "den svarede, at ingen er der mere"),
        ["failed_too_long"] = ("nothing has arrived for days", "ekkert hefur borist í marga daga", "intet er nået frem i dagevis"),
    };

    private static readonly (string En, string Is, string Da) Other = ("it could not be made", "það tókst ekki", "det lykkedes ikke");

    public static string Of(DocumentLanguage language, string? code)
    {
        var words = Words.GetValueOrDefault(code ?? "", Other);
        return language switch { DocumentLanguage.Is => words.Is, DocumentLanguage.Da => words.Da, _ => words.En };
    }
}
