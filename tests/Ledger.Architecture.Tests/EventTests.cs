using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Ledger.Decisions;

namespace Ledger.Architecture.Tests;

/// <summary>What happened is known by its state, and stays as it was.</summary>
public class EventTests
{
    public static TheoryData<Type> States => [.. Solution.TypesOf(Solution.Domain).Where(type => StateOf(type) == type)];

    private static IEnumerable<Type> Events =>
        Solution.TypesOf(Solution.Domain).Where(type => !type.IsAbstract && typeof(IEvent).IsAssignableFrom(type));

    [Theory]
    [MemberData(nameof(States))]
    public void Every_event_has_an_arm(Type state)
    {
        var contract = ContractOf(state)!;
        var evolve = state.GetMethod("Evolve", BindingFlags.Public | BindingFlags.Static)!;
        var initial = state.GetProperty("Initial", BindingFlags.Public | BindingFlags.Static)!.GetValue(null);
        var events = Events.Where(contract.GetGenericArguments()[1].IsAssignableFrom).ToList();
        events.ShouldNotBeEmpty();
        foreach (var happened in events)
        {
            // An empty event on the first state is a contradiction to most arms; only having none is told from it.
            try { _ = evolve.Invoke(null, [initial, RuntimeHelpers.GetUninitializedObject(happened)]); }
            catch (TargetInvocationException e) { e.InnerException.ShouldNotBeOfType<UnreachableException>($"{happened.Name} has no arm."); }
        }
    }

    [Fact]
    public void Every_event_belongs_to_one_state()
    {
        var known = Solution.TypesOf(Solution.Domain).Where(type => StateOf(type) == type).Select(type => ContractOf(type)!.GetGenericArguments()[1]).ToList();
        Events.Where(happened => known.Count(kind => kind.IsAssignableFrom(happened)) != 1).ShouldBeEmpty();
    }

    [Fact]
    public void Every_event_is_a_sealed_record_that_nothing_can_change() => Events
        .Where(type => !type.IsSealed || type.GetMethod("<Clone>$") is null || type.GetProperties().Any(IsSettable))
        .Select(type => type.Name).ShouldBeEmpty();

    [Fact]
    public void Every_event_names_what_it_happened_to_first() => Events
        .Where(type => type.GetConstructors().Single(one => one.GetParameters().Length > 0).GetParameters()[0].Name != "Id")
        .Select(type => type.Name).ShouldBeEmpty();

    private static bool IsSettable(PropertyInfo property) => property.SetMethod is { IsPublic: true } setter
        && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static Type? ContractOf(Type type) => type.GetInterfaces()
        .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IState<,>));

    private static Type? StateOf(Type type) => ContractOf(type)?.GetGenericArguments()[0];
}
