namespace EdgeProxy.Comparison.Measurements;

/// <summary>The cores that a server and its load run on.</summary>
/// <param name="Name">The name in tables.</param>
/// <param name="ServerCores">Those of the server.</param>
/// <param name="LoadCores">Those of the load.</param>
internal sealed record Placement(string Name, string ServerCores, string LoadCores);
