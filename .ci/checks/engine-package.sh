# The Engine as its users get it: packed, restored from a folder, and compiled into the samples of its pages.
# shellcheck shell=bash disable=SC2154 # results, proxy and tools are .ci/run's

# Nothing of it stays outside of the results, so that no cache gets a package that was never published.
engine_package() {
  local work="$results/engine" page
  mkdir -p "$work/feed"
  dotnet pack -c Release --no-build src/EdgeProxy.Engine --output "$work/feed" || return 1
  [ -f "$(echo "$work"/feed/EdgeProxy.Engine.*.snupkg)" ] || { echo "no symbols"; return 1; }
  for page in README.md src/EdgeProxy.Engine/README.md; do
    engine_sample "$page" "$work/$(echo "$page" | tr '/.' '__')" || { echo "the sample of $page"; return 1; }
  done
}

# engine_sample PAGE FOLDER: the page's first C# block as a program, word for word, prints what the page says: `It prints `...``, and more of these for further lines.
engine_sample() {
  local page="$1" folder="$2" version expected printed
  mkdir -p "$folder"
  version="$(basename "$results"/engine/feed/EdgeProxy.Engine.*.snupkg .snupkg)"
  version="${version#EdgeProxy.Engine.}"
  awk '/^```csharp$/ { inside = 1; next } inside && /^```$/ { exit } inside' "$page" > "$folder/Program.cs"
  grep -q '^using EdgeProxy' "$folder/Program.cs" || { echo "no sample with its usings"; return 1; }
  # Empty ones: nothing of ours is inherited.
  for file in Directory.Build.props Directory.Build.targets Directory.Packages.props; do echo '<Project />' > "$folder/$file"; done
  cat > "$folder/Sample.csproj" << PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="EdgeProxy.Engine" Version="[$version]" />
  </ItemGroup>
</Project>
PROJECT
  # What the package depends on was restored for the build already: the packages folder is a feed as well.
  dotnet restore "$folder" --packages "$folder/packages" --source "$results/engine/feed" \
    --source "$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')" || return 1
  dotnet build -c Release --no-restore "$folder" || return 1
  printed="$(dotnet "$folder/bin/Release/net10.0/Sample.dll")" || return 1
  # A line of output for each of the first texts in back quotes.
  expected="$(grep -m 1 '^It prints `' "$page" | grep -o '`[^`]*`' | head -n "$(echo "$printed" | wc -l)" | tr -d '`')"
  echo "$page: $printed"
  [ -n "$expected" ] && [ "$printed" = "$expected" ] || { echo "the page says: $expected"; return 1; }
}
