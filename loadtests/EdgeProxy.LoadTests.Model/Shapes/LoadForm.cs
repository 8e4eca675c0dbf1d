namespace EdgeProxy.LoadTests.Model.Shapes;

/// <summary>The length of a run.</summary>
internal enum LoadForm
{
    /// <summary>Some two minutes, for each push.</summary>
    Short,

    /// <summary>Everything, an hour and more.</summary>
    Long,
}
