using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Unroll.Generator.Model;

namespace Unroll.Generator.Diagnostics;

/// <summary>A diagnostic without its location, comparable by value.</summary>
internal sealed record Problem(string Id, Place Place, EquatableArray<string> Arguments)
{
    /// <summary>The name under which a diagnostic carries <see cref="Replacement"/>.</summary>
    public const string ReplacementProperty = "Replacement";

    /// <summary>The argument that was meant, as C#, where there is only one it can be.</summary>
    public string? Replacement { get; init; }

    /// <summary>Where it can be mended, if not where it lies: the first of these that the user can change is the best.</summary>
    public EquatableArray<Place> Mends { get; init; }

    public DiagnosticDescriptor Descriptor => DiagnosticDescriptors.ById[Id];

    /// <summary>Whether the network cannot be compiled. What the C# compiler refuses is its error, and here a note beside that.</summary>
    public bool IsError => Descriptor.DefaultSeverity == DiagnosticSeverity.Error || Id == DiagnosticDescriptors.UnreadableArgument.Id;

    /// <summary>Id and message on one line.</summary>
    public string Text =>
        $"{Id}: {string.Format(CultureInfo.InvariantCulture, Descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture), [.. Arguments])}";

    public static Problem At(Place place, DiagnosticDescriptor descriptor, params string[] arguments) =>
        new(descriptor.Id, place, arguments.ToEquatableArray());

    /// <summary>The same about a layer whose input has the shape <paramref name="input"/>, which the message then names with the layer.</summary>
    public Problem AtInput(string input)
    {
        string layer = Arguments.Count > 0 ? Arguments[0] : "";
        string format = Descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture);
        bool namesLayer = format.StartsWith("Layer {0}", StringComparison.Ordinal) ||
            (format.StartsWith("{0}:", StringComparison.Ordinal) && layer.StartsWith("Layer ", StringComparison.Ordinal));
        return namesLayer ? this with { Arguments = Arguments.Skip(1).Prepend($"{layer} (input {input})").ToEquatableArray() } : this;
    }

    public Diagnostic ToDiagnostic(Location location) => ToDiagnostic(Descriptor, location, mends: []);

    /// <summary>The same under another descriptor of its id.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="location">Of <see cref="Place"/>.</param>
    /// <param name="mends">Those of <see cref="Mends"/>.</param>
    public Diagnostic ToDiagnostic(DiagnosticDescriptor descriptor, Location location, IEnumerable<Location> mends) => Diagnostic.Create(
        descriptor,
        location,
        mends,
        Replacement is null ? null : ImmutableDictionary<string, string?>.Empty.Add(ReplacementProperty, Replacement),
        [.. Arguments]);
}
