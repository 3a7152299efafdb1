using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Ledger.Api;

/// <summary>Traces and metrics by OpenTelemetry, sent where its standard variables say; without them, nowhere.</summary>
internal static class Telemetry
{
    public static void Configure(WebApplicationBuilder builder)
    {
        if (Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is not { Length: > 0 }) return;
        var traces = Sdk.CreateTracerProviderBuilder().AddSource("Microsoft.AspNetCore", "System.Net.Http", "Npgsql").AddOtlpExporter().Build();
        var metrics = Sdk.CreateMeterProviderBuilder().AddMeter("Microsoft.AspNetCore.Hosting", "System.Net.Http", "Npgsql", Audit.AuditRecorder.MeterName).AddOtlpExporter().Build();
        _ = builder.Services.AddSingleton(_ => traces).AddSingleton(_ => metrics);
    }
}
