using System.Reflection;
using System.Text.RegularExpressions;
using Ledger.Decisions;
using Ledger.EventStore.Events;

namespace Ledger.Architecture.Tests;

/// <summary>A name says what a thing is, and a name that left the house never changes.</summary>
public partial class NameTests
{
    /// <summary>Words that say nothing, at the end of the name of a type.</summary>
    private static readonly string[] Banned =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Processor", "Service", "Base", "Impl", "Dto", "Model", "Info", "Data"];

    /// <summary>Names that others made: a page of a list is described by what cursor paging calls it everywhere.</summary>
    private static readonly string[] Allowed = ["PageInfo"];

    public static TheoryData<string> Projects => [.. Solution.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_type_is_named_by_a_word_that_says_nothing(string project) => Solution.TypesOf(Solution.Load(project))
        .Select(type => type.Name.Split('`')[0])
        .Where(name => !Allowed.Contains(name) && Banned.Contains(LastWord().Match(name).Value))
        .ShouldBeEmpty();

    [Fact]
    public void Messages_have_these_names() => MessageNames().ShouldBePinned("message_names.txt");

    [Fact]
    public void Names_of_messages_are_snake_case() => MessageNames().Where(name => !SnakeCase().IsMatch(name)).ShouldBeEmpty();

    [Fact]
    public void Policies_have_names_of_their_own()
    {
        var names = Solution.TypesOf(Solution.Domain).Where(type => !type.IsAbstract && typeof(IPolicy).IsAssignableFrom(type))
            .Select(type => ((IPolicy)Activator.CreateInstance(type)!).Name).ToList();
        names.ShouldBeUnique();
        names.Where(name => !SnakeCase().IsMatch(name)).ShouldBeEmpty();
    }

    [Fact]
    public void Problem_codes_are_these_and_only_grow() => Rejections().Select(one => one.Code).ShouldBePinned("problem_codes.txt");

    [Fact]
    public void Each_problem_has_a_code_of_its_own_and_a_sentence()
    {
        Rejections().Select(one => one.Code).ShouldBeUnique();
        Rejections().Where(one => !SnakeCase().IsMatch(one.Code)).ShouldBeEmpty();
        Rejections().Where(one => (!one.Title.EndsWith('.') && !KnownTexts.Contains(one.Title)) || one.Detail is not null).ShouldBeEmpty();
    }

    /// <summary>As the clients of the systems that this one replaces know them, word by word.</summary>
    private static readonly string[] KnownTexts =
    [
        "Invoice already paid", "Invoice not found", "Payment not successful", "Invalid signature", "Insufficient points", "Reward not found",
        "Credit not valid",
    ];

    private static IEnumerable<string> MessageNames() => Solution.TypesOf(Solution.Domain)
        .Where(type => !type.IsAbstract && typeof(IMessage).IsAssignableFrom(type))
        .Select(type => EventTypes.SnakeCase(type.Name));

    private static List<Rejection> Rejections() => [.. Solution.TypesOf(Solution.Domain)
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(field => field.FieldType == typeof(Rejection) && field.IsInitOnly)
        .Select(field => (Rejection)field.GetValue(null)!)];

    [GeneratedRegex("[A-Z][a-z0-9]*$")]
    private static partial Regex LastWord();

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();
}
