namespace EdgeProxy.Host.Environments;

/// <summary>The names of origins, in answers and metrics.</summary>
internal static class DocumentOrigins
{
    /// <summary>Returns the name of an origin.</summary>
    public static string NameOf(DocumentOrigin origin) => origin switch
    {
        DocumentOrigin.Upstream => "upstream",
        DocumentOrigin.Disk => "disk",
        DocumentOrigin.Store => "store",
        _ => "file",
    };
}
