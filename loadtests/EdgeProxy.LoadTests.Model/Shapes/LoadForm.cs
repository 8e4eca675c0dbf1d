namespace EdgeProxy.LoadTests.Model.Shapes;

/// <summary>How thorough a run is.</summary>
internal enum LoadForm
{
    /// <summary>Some two minutes, for each push.</summary>
    Short,

    /// <summary>Everything, an hour and more.</summary>
    Long,
}
