using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Ledger.Api.Requests;

/// <summary>Marks a member of a body that only those who work for the tenant may set: customers and visitors leave it out.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StaffOnlyAttribute : Attribute;

/// <summary>Looks for members in bodies that are not the caller's to set.</summary>
internal static class StaffOnlyMembers
{
    /// <exception cref="ProblemException"><c>member_not_yours</c>: a customer sets what only staff may.</exception>
    public static void Refuse(HttpContext http, Type type, byte[] body)
    {
        if (body.Length == 0 || http.Features.Get<Caller>() is not { Role: CallerRole.Customer }) return;
        var problems = new List<FieldProblem>();
        using var json = JsonDocument.Parse(body);
        Look(json.RootElement, RequestJson.Options.GetTypeInfo(type), "", problems);
        if (problems.Count > 0) throw new ProblemException(Problem.MemberNotYours(problems));
    }

    /// <summary>Refuses a value that a customer may not choose, of a member that they may set.</summary>
    public static void Refuse(Call call, bool isTheirs, string pointer)
    {
        if (!isTheirs && call.Caller.Role is CallerRole.Customer) throw new ProblemException(Problem.MemberNotYours([Problem.NotYours(pointer)]));
    }

    private static void Look(JsonElement value, JsonTypeInfo type, string pointer, List<FieldProblem> problems)
    {
        if (value.ValueKind is JsonValueKind.Array && type is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element })
        {
            var index = 0;
            foreach (var one in value.EnumerateArray()) Look(one, RequestJson.Options.GetTypeInfo(element), $"{pointer}/{index++}", problems);
        }

        if (value.ValueKind is not JsonValueKind.Object || type.Kind is not JsonTypeInfoKind.Object) return;
        foreach (var member in value.EnumerateObject().Where(one => one.Value.ValueKind is not JsonValueKind.Null))
        {
            if (type.Properties.FirstOrDefault(one => one.Name == member.Name) is not { } property) continue;
            if (IsMarked(property)) problems.Add(Problem.NotYours($"{pointer}/{member.Name}"));
            else Look(member.Value, RequestJson.Options.GetTypeInfo(property.PropertyType), $"{pointer}/{member.Name}", problems);
        }
    }

    /// <summary>Whether only staff may set it.</summary>
    public static bool IsMarked(JsonPropertyInfo property) => property.AttributeProvider?.IsDefined(typeof(StaffOnlyAttribute), inherit: false) == true;
}
