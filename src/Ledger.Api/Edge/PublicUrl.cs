using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Ledger.Api.Edge;

/// <summary>Where absolute links lead: as the settings say, never as a request says.</summary>
/// <remarks><c>LEDGER_PUBLIC_URL</c>; without it the first address that is listened on.</remarks>
internal sealed class PublicUrl(EdgeSettings settings, IServer server)
{
    /// <param name="path">From the root, with its slash.</param>
    public string To(string path) => Root() + path;

    private string Root()
    {
        if (settings.PublicUrl is { } said) return said;
        var listens = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
        return BindingAddress.Parse(listens) is { Host: "*" or "+" or "0.0.0.0" or "[::]" } any ? $"{any.Scheme}://localhost:{any.Port}" : listens.TrimEnd('/');
    }
}
