namespace Ledger.Api.Tests.PersonalData;

/// <summary>Whatever a customer is called now, they are found by it; by what they were called before, or once erased, they are not.</summary>
[Collection("app")]
public class PersonalDataSearchTests(SharedApp shared)
{
    private static readonly string[] Names = ["Anna", "Guðrún Ósk", "Jean-Luc", "O'Brien", "ÞÓR", "Müller", "李", "Smith, Jr.", "de la Cruz", "Ærø"];
    private static readonly string[] Companies = ["24/7 Taxi", "Ölgerðin hf.", "A & B", "Café Noir", "ＦＵＬＬ Width"];

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public async Task Words_follow_the_person(int seed)
    {
        var random = new Random(seed);
        var tenant = await shared.App.NewTenant();
        var (first, second) = (Person(random, "a"), Person(random, "b"));
        var id = (await tenant.Admin.Post("/customers", Request(first))).Is(201).Id;
        foreach (var text in Asked(first)) (await Found(tenant, text)).ShouldBe([id], text);

        _ = (await tenant.Admin.Patch($"/customers/{id}", Request(second))).Is(200);
        foreach (var text in Asked(second)) (await Found(tenant, text)).ShouldBe([id], text);
        foreach (var text in Asked(first).Except(Asked(second), StringComparer.OrdinalIgnoreCase)) (await Found(tenant, text)).ShouldBeEmpty(text);

        _ = (await tenant.Admin.Delete($"/customers/{id}")).Is(204);
        foreach (var text in Asked(first).Concat(Asked(second))) (await Found(tenant, text)).ShouldBeEmpty(text);
    }

    [Fact]
    public async Task What_has_no_word_in_it_finds_nobody()
    {
        var tenant = await shared.App.NewTenant();
        _ = (await tenant.Admin.Post("/customers", new { full_name = "A & B" })).Is(201);
        foreach (var text in new[] { " ", "+", "&", "()", "- -" }) (await Found(tenant, text)).ShouldBeEmpty(text);
    }

    private static async Task<IEnumerable<string>> Found(TestTenant tenant, string text) =>
        (await tenant.Admin.Get($"/customers?q={Uri.EscapeDataString(text)}")).Is(200).Json["data"]!.AsArray().Select(one => one!["id"]!.GetValue<string>());

    private static Person Person(Random random, string tag)
    {
        string Word() => new([.. Enumerable.Range(0, random.Next(3, 9)).Select(_ => (char)('a' + random.Next(26)))]);
        var local = $"{Word()}.{tag}{random.Next(1000)}";
        return new(
            $"{Names[random.Next(Names.Length)]} {Word()}{tag}", $"{Companies[random.Next(Companies.Length)]} {Word()}{tag}",
            $"{local}@{Word()}.Example", $"+{random.Next(10, 99)} ({random.Next(100, 999)}) {random.Next(1000, 9999)}-{(tag == "a" ? 1 : 2)}");
    }

    private static object Request(Person person) =>
        new { full_name = person.Name, company_name = person.Company, email = person.Email, phone_number = person.Phone };

    /// <summary>Each word by itself and all together, in another case, and the telephone number in other ways of writing it.</summary>
    private static IEnumerable<string> Asked(Person person)
    {
        foreach (var name in new[] { person.Name, person.Company })
            foreach (var word in name.Split(' ').Where(word => word.Any(char.IsLetter))) yield return word.ToUpperInvariant();
        yield return $"{person.Company} {person.Name}";
        yield return person.Email.ToUpperInvariant();
        yield return person.Phone;
        yield return string.Concat(person.Phone.Where(char.IsAsciiDigit));
    }
}

internal sealed record Person(string Name, string Company, string Email, string Phone);
