namespace EdgeProxy.Deploy.Tests.Architecture;

/// <summary>A use of a type by a type of another folder.</summary>
internal sealed record FolderReference(string Folder, string UsedFolder, string Type, string UsedType)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Folder}/{Type} uses {UsedFolder}/{UsedType}";
}
