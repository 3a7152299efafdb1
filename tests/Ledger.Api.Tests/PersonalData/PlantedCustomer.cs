using System.Reflection;
using System.Text.Json;
using Ledger.Decisions.Json;
using Ledger.Domain.Customers;

namespace Ledger.Api.Tests.PersonalData;

/// <summary>A customer with a marker in everything personal that there is: found by reflection, so that nothing is left out.</summary>
internal static class PlantedCustomer
{
    private static readonly ConstructorInfo Details = typeof(CustomerDetails).GetConstructors().Single(one => one.GetParameters().Length > 1);

    /// <summary>What is asked for, by the names of the wire.</summary>
    /// <param name="generation">Another one has other texts, of the same marker.</param>
    public static Dictionary<string, object> Request(Marker marker, int generation = 0) => Details.GetParameters()
        .Select((parameter, number) => (Name: JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name!), Value: ValueOf(marker, parameter, 20 * generation + number)))
        .ToDictionary(one => one.Name, one => one.Value);

    /// <summary>What of the details has no marker in it: it was not planted, or got lost.</summary>
    public static IReadOnlyList<string> Missing(Marker marker, CustomerDetails details) => [.. typeof(CustomerDetails)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => !marker.IsIn(JsonSerializer.Serialize(property.GetValue(details), LedgerJson.Options))).Select(property => property.Name)];

    private static object ValueOf(Marker marker, ParameterInfo parameter, int number) => parameter.Name switch
    {
        nameof(CustomerDetails.Email) => $"{marker.Text(number)}@x.example",
        nameof(CustomerDetails.PhoneNumber) => $"+{marker.Digits(number)}",
        nameof(CustomerDetails.SocialSecurityNumber) => marker.Digits(number),
        _ when parameter.ParameterType == typeof(string) => marker.Text(number),
        _ when parameter.ParameterType == typeof(IReadOnlyDictionary<string, string>) => new Dictionary<string, string> { [marker.Text(number)] = marker.Text(number) },
        _ => throw new NotSupportedException($"{parameter.Name} is personal and of a kind that nobody plants a marker in."),
    };
}
