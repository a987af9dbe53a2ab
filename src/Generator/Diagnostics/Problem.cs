using System.Globalization;
using Microsoft.CodeAnalysis;
using Unroll.Generator.Model;

namespace Unroll.Generator.Diagnostics;

/// <summary>A diagnostic without its location, comparable by value.</summary>
internal sealed record Problem(string Id, Place Place, EquatableArray<string> Arguments)
{
    public DiagnosticDescriptor Descriptor => DiagnosticDescriptors.ById[Id];

    public bool IsError => Descriptor.DefaultSeverity == DiagnosticSeverity.Error;

    /// <summary>Id and message on one line.</summary>
    public string Text =>
        $"{Id}: {string.Format(CultureInfo.InvariantCulture, Descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture), [.. Arguments])}";

    public static Problem At(Place place, DiagnosticDescriptor descriptor, params string[] arguments) =>
        new(descriptor.Id, place, arguments.ToEquatableArray());

    public Diagnostic ToDiagnostic(Location location) => Diagnostic.Create(Descriptor, location, [.. Arguments]);
}
