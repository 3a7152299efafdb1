using Ledger.Gateways.Outgoing;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Scenarios.Webhooks;

/// <summary>One Ledger that may send to this machine, and one consumer, for all scenarios of webhooks.</summary>
public sealed class WebhookApp : IAsyncLifetime
{
    public LedgerApp App { get; private set; } = null!;

    public WebhookConsumer Consumer { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Consumer = await WebhookConsumer.Start();
        App = await LedgerApp.Start(replace: services => services.AddSingleton(new OutgoingOptions { IsDevelopment = true }));
    }

    public async Task DisposeAsync()
    {
        await App.DisposeAsync();
        await Consumer.DisposeAsync();
    }
}

/// <summary>An endpoint of a tenant, and what came to it.</summary>
internal sealed class Endpoint(WebhookConsumer consumer, LedgerClient admin, string id, string path, string? secret)
{
    /// <summary>One that its owner has made.</summary>
    public const string OwnSecret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    public string Id => id;

    public string? Secret => secret;

    public string Path => path;

    public IReadOnlyList<Told> Heard => consumer.Heard(path);

    public static async Task<Endpoint> Register(WebhookApp app, LedgerClient admin, string[]? events = null, string? format = null, object? with = null)
    {
        var path = $"/{Guid.NewGuid():N}";
        var wish = System.Text.Json.JsonSerializer.SerializeToNode(with ?? new { })!.AsObject();
        wish["url"] = app.Consumer.At(path).ToString();
        if (events is not null) wish["events"] = new System.Text.Json.Nodes.JsonArray([.. events.Select(one => System.Text.Json.Nodes.JsonValue.Create(one))]);
        if (format is not null) wish["format"] = format;
        var made = (await admin.Post("/webhook-endpoints", wish.ToJsonString())).Is(201);
        return new(app.Consumer, admin, made.Id, path, made.Json["secret"]?.GetValue<string>());
    }

    public Task<IReadOnlyList<Told>> Wait(int count) => consumer.Wait(path, count);

    public void Answers(int status) => consumer.Answer(path, status);

    public Task<LedgerAnswer> Do(string what, object? body = null) => admin.Post($"/webhook-endpoints/{id}/{what}", body);

    public async Task<System.Text.Json.Nodes.JsonNode> Read() => (await admin.Get($"/webhook-endpoints/{id}")).Is(200).Json;

    public async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> Deliveries(string query = "") =>
        [.. (await admin.Get($"/webhook-endpoints/{id}/deliveries{query}")).Is(200).Json["data"]!.AsArray().Select(one => one!)];

    /// <summary>Waits until the newest delivery is as wished for.</summary>
    public async Task<System.Text.Json.Nodes.JsonNode> Until(string status, int attempts)
    {
        for (var tries = 0; tries < 1200; tries++)
        {
            if (await Deliveries() is [var one, ..] && one["status"]!.GetValue<string>() == status && one["attempts"]!.GetValue<int>() == attempts) return one;
            await Task.Delay(25);
        }

        throw new TimeoutException($"Not {status} after {attempts}: {string.Join("\n", (await Deliveries()).Select(one => one.ToJsonString()))}");
    }
}
