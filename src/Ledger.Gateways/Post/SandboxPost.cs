namespace Ledger.Gateways.Post;

/// <summary>Where what a sandbox writes to people goes: to files on this machine, and to nobody.</summary>
/// <param name="office">For development it may be the same as everybody's.</param>
public sealed class SandboxPost(IPostOffice office)
{
    public IPostOffice Office => office;
}
