using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Classes.StudioExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Classes;

public class ClassPackageTests
{
    private static readonly ChangeClassPackage Change = new(Pass, "3 Class Pass", 3, Isk(1200), 30, IsActive: true, null);

    [Fact]
    public void A_package_is_sold_from_now_on() => Scenario<ClassPackage, ClassPackageEvent>.Given()
        .When(new CreateClassPackage(Pass, "3 Class Pass", 3, Isk(1000), 30, IsActive: true, null)).Then(PassCreated);

    [Fact]
    public void Creating_it_again_changes_nothing() => Scenario<ClassPackage, ClassPackageEvent>.Given(PassCreated)
        .When(new CreateClassPackage(Pass, "other", 5, Isk(1), 1, IsActive: false, null)).ThenNothing();

    [Fact]
    public void It_is_changed_as_a_whole_and_only_when_something_changes()
    {
        Scenario<ClassPackage, ClassPackageEvent>.Given(PassCreated).When(Change)
            .Then(new ClassPackageChanged(Pass, "3 Class Pass", 3, Isk(1200), 30, IsActive: true));
        Scenario<ClassPackage, ClassPackageEvent>.Given(PassCreated).When(Change with { Price = Isk(1000) }).ThenNothing();
        Scenario<ClassPackage, ClassPackageEvent>.Given().When(Change).ThenRejected(ClassPackageRejections.NotFound);
    }

    [Fact]
    public void A_class_session_is_made_once()
    {
        var command = new CreateClassSession(Yoga, "Yoga", Now, 2, Isk(500), 60, "mats");
        Scenario<ClassSession, ClassSessionEvent>.Given().When(command).Then(new ClassSessionCreated(Yoga, "Yoga", Now, 2, Isk(500), 60, "mats"));
        Scenario<ClassSession, ClassSessionEvent>.Given(new ClassSessionCreated(Yoga, "Yoga", Now, 2)).When(command).ThenNothing();
    }

    [Fact]
    public void A_questionnaire_counts_for_365_days_and_is_answered_anew()
    {
        var shop = JointScenario.Given(Jon.Stream, JonCreated);
        shop.When(new CompleteIntakeProfile(Jon, Day("2025-02-05")))
            .Then(new IntakeProfileCompleted(IntakeProfileId.Of(Jon), Jon, Day("2025-02-05"), At("2026-02-05T00:00:00Z")));
        shop.When(new CompleteIntakeProfile(Jon, Day("2025-02-05"))).ThenNothing();
        shop.When(new CompleteIntakeProfile(Jon, Day("2026-02-06")))
            .Then(new IntakeProfileCompleted(IntakeProfileId.Of(Jon), Jon, Day("2026-02-06"), At("2027-02-06T00:00:00Z")));
    }

    [Fact]
    public void Nobody_answers_who_is_not_there() =>
        JointScenario.Given().When(new CompleteIntakeProfile(Jon, Start)).ThenRejected(CustomerRejections.NotFound);
}
