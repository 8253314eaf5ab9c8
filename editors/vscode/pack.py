#!/usr/bin/python3
"""Writes a .vsix: https://github.com/microsoft/vscode-vsce has the format. pack.py FOLDER"""
import json
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

HERE = Path(__file__).resolve().parent
OWN = ["package.json", "package.nls.json", "package.nls.zh-cn.json", "extension.js", "README.md"]
TYPES = """<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">%s</Types>
"""
MANIFEST = """<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
<Metadata>
<Identity Language="en-US" Id={name} Version={version} Publisher={publisher}/>
<DisplayName>weft</DisplayName>
<Description xml:space="preserve">{description}</Description>
<Properties><Property Id="Microsoft.VisualStudio.Code.Engine" Value={engine}/></Properties>
</Metadata>
<Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
<Dependencies/>
<Assets>
<Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
<Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
</Assets>
</PackageManifest>
"""
MOMENT = (2026, 1, 1, 0, 0, 0)  # of every file: the same sources give the same bytes


def main():
    package = json.loads((HERE / "package.json").read_text())
    words = json.loads((HERE / "package.nls.json").read_text())
    modules = sorted(path for path in (HERE / "node_modules").rglob("*")
                     if path.is_file() and path.suffix in (".js", ".json", ".cjs", ".mjs") or path.name.lower().startswith("licen")
                     and path.is_file())
    files = {f"extension/{name}": (HERE / name).read_bytes() for name in OWN}
    files |= {f"extension/{path.relative_to(HERE)}": path.read_bytes() for path in modules
              if not str(path.relative_to(HERE)).startswith("node_modules/.")}
    endings = sorted({Path(name).suffix.lstrip(".") for name in files if Path(name).suffix} | {"vsixmanifest"})
    types = {"json": "application/json", "js": "application/javascript", "md": "text/markdown", "vsixmanifest": "text/xml"}
    head = {
        "[Content_Types].xml": TYPES % "".join(
            f'<Default Extension={quoteattr("." + ending)} ContentType={quoteattr(types.get(ending, "text/plain"))}/>'
            for ending in endings),
        "extension.vsixmanifest": MANIFEST.format(
            name=quoteattr(package["name"]), version=quoteattr(package["version"]), publisher=quoteattr(package["publisher"]),
            description=words["description"], engine=quoteattr(package["engines"]["vscode"])),
    }
    target = Path(sys.argv[1]) / f"weft-{package['version']}.vsix"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in [*head.items(), *sorted(files.items())]:
            archive.writestr(zipfile.ZipInfo(name, MOMENT), data, zipfile.ZIP_DEFLATED)
    print(f"{target}: {len(files)} files, {target.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
