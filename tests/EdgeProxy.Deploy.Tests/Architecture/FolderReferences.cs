using System.Reflection;

namespace EdgeProxy.Deploy.Tests.Architecture;

/// <summary>The folders that each folder of an assembly uses, with the types; a folder is a namespace.</summary>
internal static class FolderReferences
{
    /// <summary>The folders of an assembly that hold types; empty for the root.</summary>
    public static IReadOnlyList<string> FoldersOf(Assembly assembly) =>
        [.. assembly.GetTypes().Select(type => FolderOf(type, assembly)).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Every use of a type of one folder by a type of another.</summary>
    public static IEnumerable<FolderReference> Of(Assembly assembly) =>
        from type in assembly.GetTypes()
        let folder = FolderOf(type, assembly)
        where folder is not null
        from used in TypeReferences.Of(type).SelectMany(TakeApart)
        let usedFolder = FolderOf(used, assembly)
        where usedFolder is not null && usedFolder != folder
        select new FolderReference(folder, usedFolder, Outermost(type).Name, Outermost(used).Name);

    private static string? FolderOf(Type type, Assembly assembly)
    {
        var root = Root(assembly);
        var name = Outermost(type).Namespace;
        return type.Assembly != assembly || name is null ? null
            : name == root ? ""
            : name.StartsWith(root + '.', StringComparison.Ordinal) ? name[(root.Length + 1)..].Replace('.', '/')
            : null;
    }

    /// <summary>The namespace that all of an assembly's are in: not the assembly's name, which may be the program's.</summary>
    private static string Root(Assembly assembly) =>
        string.Join('.', assembly.GetTypes().Select(static type => type.Namespace).OfType<string>().First(static name => name.StartsWith("EdgeProxy.", StringComparison.Ordinal)).Split('.')[..2]);

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<Type> TakeApart(Type type) =>
        type.HasElementType ? TakeApart(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(TakeApart).Append(type)
        : [type];
}
