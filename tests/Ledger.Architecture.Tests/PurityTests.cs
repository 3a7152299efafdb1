using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Ledger.Domain.Amounts;

namespace Ledger.Architecture.Tests;

/// <summary>The domain decides by what it is given: no clock, no chance, no machine, and no number that rounds by itself.</summary>
public class PurityTests
{
    private static readonly BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] BannedTypes =
        ["System.DateTime", "System.Random", "System.Threading.Thread", "NodaTime.SystemClock", "System.Console", "System.TimeProvider"];

    private static readonly string[] BannedMembers =
    [
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.Guid.NewGuid", "System.Guid.CreateVersion7",
        "System.Threading.Tasks.Task.Run", "System.Threading.Tasks.Task.Delay", "System.Security.Cryptography.RandomNumberGenerator.Fill",
    ];

    [Theory]
    [InlineData("Decisions")]
    [InlineData("Domain")]
    public void Nothing_banned_is_called(string project)
    {
        using var stream = File.OpenRead(Solution.Load(project).Location);
        using var file = new PEReader(stream);
        var metadata = file.GetMetadataReader();
        metadata.TypeReferences.Select(handle => NameOf(metadata, handle)).Intersect(BannedTypes).ShouldBeEmpty();
        var members = metadata.MemberReferences.Select(handle => metadata.GetMemberReference(handle))
            .Where(member => member.Parent.Kind is HandleKind.TypeReference)
            .Select(member => $"{NameOf(metadata, (TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}").ToList();
        members.Intersect(BannedMembers).ShouldBeEmpty();

        // The one exception is what the compiler itself asks for in an iterator.
        members.Where(name => name.StartsWith("System.Environment.", StringComparison.Ordinal))
            .ShouldBeSubsetOf(["System.Environment.get_CurrentManagedThreadId"]);
    }

    [Fact]
    public void Nothing_is_a_float_or_a_double() => Solution.TypesOf(Solution.Domain).SelectMany(MemberTypes)
        .Where(member => Parts(member.Type).Any(part => part == typeof(float) || part == typeof(double)))
        .Select(member => member.Name).ShouldBeEmpty();

    [Fact]
    public void What_events_say_of_money_is_Money() => Solution.TypesOf(Solution.Domain)
        .Where(typeof(Decisions.IEvent).IsAssignableFrom)
        .SelectMany(type => Said(type, []))
        .Where(member => Parts(member.Type).Contains(typeof(decimal)))
        .Select(member => member.Name).ShouldBeEmpty();

    private static IEnumerable<(string Name, Type Type)> MemberTypes(Type type) => type.GetFields(Everything)
        .Select(field => ($"{type.Name}.{field.Name}", field.FieldType))
        .Concat(type.GetProperties(Everything).Select(property => ($"{type.Name}.{property.Name}", property.PropertyType)))
        .Concat(type.GetMethods(Everything).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType)
            .Append(method.ReturnType).Select(used => ($"{type.Name}.{method.Name}", used))));

    /// <summary>The members of a record, and of the records of ours in them; a value type looks after itself.</summary>
    private static IEnumerable<(string Name, Type Type)> Said(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type)) yield break;
        foreach (var property in type.GetProperties())
        {
            yield return ($"{type.Name}.{property.Name}", property.PropertyType);
            foreach (var part in Parts(property.PropertyType).Where(part => part.IsClass && part.Assembly == typeof(Money).Assembly))
                foreach (var inner in Said(part, seen)) yield return inner;
        }
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.GetGenericArguments().SelectMany(Parts).Concat(type.HasElementType ? Parts(type.GetElementType()!) : []).Append(type);

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
